"""What files may say: frozen models, their fields, and how their problems are worded."""
