"""From what several sources offer to what is worth showing: one probability, and what errors cost."""
