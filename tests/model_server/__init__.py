"""A model server on loopback that says what a test told it to say, in both of OpenAI's APIs."""
