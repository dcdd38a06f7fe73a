"""The paper of a printer on 127.0.0.1: what came out, and what of it must be true."""
