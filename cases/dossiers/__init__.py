"""The file of a petition (卷宗) bound by the worker: what lies in it, the worker's part, what the clock brings."""
