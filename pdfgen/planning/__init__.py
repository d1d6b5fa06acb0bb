"""Planning: prescription and library become a plan, with every choice made and no sizes."""
