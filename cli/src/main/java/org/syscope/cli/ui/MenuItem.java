package org.syscope.cli.ui;

/**
 * A key of the menu at the bottom, which can be clicked too.
 *
 * @param key its name
 * @param label what it does
 * @param action does it
 */
record MenuItem(String key, String label, Runnable action) {
}
