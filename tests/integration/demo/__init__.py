"""The demo on the air: newsroom and receivers over real sockets."""
