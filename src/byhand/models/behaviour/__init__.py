"""How people's hands move, as a population: times between keys, and ways of the pointer.

What it is for: telling what was done without telling whose hands it were, made-up users for tests, and an agent whose
motion a person beside it can follow. What it is not for: imitating one person, or passing for a person where a site
asks whether there is one. So a model here is fitted to ten people or more, all weigh the same, and nothing of one of
them is kept. numpy only; no torch.
"""
