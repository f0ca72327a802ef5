"""What was done, told from pictures alone: inverse dynamics. A small network looks at two pictures of one screen, from
before and from after, and says what a person did between them and where.

    changes    two pictures: what differs, and the part of the screen around it
    acts       an act as far as a picture can tell of it
    pairs      episodes that have pictures become pairs with their answers
    network    the network
    training   it learns
    learning   from datasets to a version
    inferring  a version is asked

Rules of this room: pictures are as the guard left them. What is said of them is inferred, says so (`Inferred`), and how
sure it is; nothing of it can be taken for what was recorded. Where a picture shows no change, nothing is said.
"""
