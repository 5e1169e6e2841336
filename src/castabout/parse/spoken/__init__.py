"""What is said, where people wrote it by hand: transcripts and lists of times in notes, and in Markdown."""
