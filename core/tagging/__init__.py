"""Tags that Recollect proposes by itself: the vocabulary, zero-shot scores and suggestions."""
