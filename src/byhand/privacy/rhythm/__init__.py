"""When the guard says a thing was done, where the person's own rhythm is not granted."""
