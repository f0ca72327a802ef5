"""What models of behaviour are judged by: people held out, simple models beside ours, a detector."""
