"""The wish that the house may close, however it is said."""

import signal


class WishToStop:
    """What Ctrl-C and the signals to end ask for.

    While the house opens it breaks off whatever goes on. Later it is only noted: an exception in the middle of
    starting a program again could lose that program, and Python drops one that is raised while it tidies up.
    """

    SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __init__(self) -> None:
        self.is_there = False
        self.breaks_off = True
        for stop_signal in self.SIGNALS:
            signal.signal(stop_signal, self._hear)

    def is_not_heard_again(self) -> None:
        for stop_signal in self.SIGNALS:
            signal.signal(stop_signal, signal.SIG_IGN)

    def _hear(self, signum: int, frame: object) -> None:
        self.is_there = True
        if self.breaks_off:
            raise KeyboardInterrupt
