"""One rule of the reducer a file. All have one signature (`making.Pass`); `reduce.PASSES` is their order."""
