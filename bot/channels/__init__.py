"""The door to the visitor: the conversation API that the widget and any other client use."""
