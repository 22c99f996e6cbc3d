"""Post: letters in the reader's language, kept until a mail server has taken them."""
