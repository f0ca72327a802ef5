"""From demonstrations to a program: what was done the same each time, what differed, and what it hung on. Pure.

shown      a demonstration as it comes in
sight      a list of a page or window, asked: rows, labels, what is in what
things     what was acted on
unanswered, windows  what a desktop tells otherwise than a page
doing      steps as acts of a program; folding: what of them is left out
values     texts as numbers, dates or words
aligning   several demonstrations beside each other: same, only in some, again and again
plan       what comes of that
slots      what differs gets a name
addressing which row, and which link that is called by a value
conditions what a difference hung on
outcomes   what could be seen after a step, and where the effect can be read back
writing    the program
make       all of it
"""
