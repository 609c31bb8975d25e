"""The text of files by what they are: PDF, Word, RTF, HTML, plain text. Pure."""
