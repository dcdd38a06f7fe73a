"""Who holds a paper of the hall under the reader: a ticket, a notice, a list, a visit to rate."""
