"""The file of a workflow, behind `workflows.file`: YAML by its parts, a program as those parts, and back.

tree       a text as nodes that know where they stand
plain      a program as plain words, lists and tables; how they are set as YAML
reading    nodes to a program, with the line of everything that is wrong
names      parameters and what things are known by
splicing   a text with what differs written anew, and nothing else
"""
