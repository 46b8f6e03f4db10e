"""Find the recurring issues in support tickets, chats, reviews and survey answers."""
