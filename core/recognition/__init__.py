"""What can be read in a picture. The recognition package has one home: `rapid_text_reader`."""
