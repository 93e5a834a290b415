"""Questions asked on the way: the action that opens a wizard over the page."""


def open_dialog(model, title, **defaults):
    """The action that opens a new record of a transient model in a dialog.

    :param str model: name of the wizard's model
    :param str title: what stands at the top of the dialog
    :param defaults: first values of its fields
    :return: an action for the web client
    """
    return {
        'type': 'ir.actions.act_window',
        'name': title,
        'res_model': model,
        'view_mode': 'form',
        'target': 'new',
        'context': {f'default_{name}': value for name, value in defaults.items()},
    }
