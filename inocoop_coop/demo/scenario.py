class Scenario:
    def __init__(self, env, today):
        self.env = env
        self.today = today

    def play(self):
        pass
