"""From kept events to demonstrations: actions, steps, episodes. Pure; docs/formats/episodes.md holds the words."""
