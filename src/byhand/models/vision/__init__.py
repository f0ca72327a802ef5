"""Models that read and speak: a vision-language model learns to answer with acts, as an adapter beside its own weights.

    telling    a look becomes a conversation: the rules, the goal, the acts before, the list of the page. Pure
    rows       examples become conversations with their answers, as many tokens as fit
    opening    the model that is begun from, and its adapter, from the disk
    tuning     TRL's trainer, held to our rules
    speaking   a model with its adapter that decides
    learning   from a dataset to a version

Rules of this room: needs the extra `vlm`. A model is asked with the very conversation it learned from.
"""
