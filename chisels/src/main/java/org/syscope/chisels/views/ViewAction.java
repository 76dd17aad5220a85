package org.syscope.chisels.views;

/**
 * A command that a key runs for the selected row.
 *
 * @param hotkey the key
 * @param command for a shell, with {@code %field} for values of the row
 * @param description what it does
 * @param askConfirmation whether the user is asked first
 * @param waitFinish whether the user is asked for a key when it is done
 */
public record ViewAction(char hotkey, String command, String description, boolean askConfirmation, boolean waitFinish) {
}
