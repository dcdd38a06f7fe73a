"""One matter: what it takes, checked by the citizen before anybody queues."""
