"""In which language a paper speaks."""


def choose(env, *wanted):
    """The first of these languages that is installed, or else the reader's.

    :param wanted: codes of languages, in order; some may be empty, or of a language that was never installed here
    :return: the code of an installed language
    """
    installed = dict(env['res.lang'].get_installed())
    return next((lang for lang in (*wanted, env.context.get('lang'), env.user.lang) if lang in installed), 'en_US')
