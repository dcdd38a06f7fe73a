"""The duty manager's and supervision's console."""
