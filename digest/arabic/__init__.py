"""What is Arabic about text: repair, folding, sentences, words and stems, dates, names of outlets and agencies."""
