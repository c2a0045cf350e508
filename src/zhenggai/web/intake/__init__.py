"""Pages of intake (收件页面): receive a document, confirm its reading beside the original."""
