"""The room that runs networks: is somebody speaking, and how does it sound."""
