"""MiniWoB++ (Liu et al. 2018, MIT licence) as a suite: its pages, its rewards, and a person who can do its tasks."""
