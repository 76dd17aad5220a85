/**
 * A terminal as a grid of styled cells and a stream of decoded keys and mouse events: for xterm and its kin, tmux, screen,
 * the Linux console and PuTTY.
 * What is drawn is compared with what is shown, and only the difference is sent; text from events is made harmless first.
 * It never knows what is drawn: no event, view or table is known here.
 */
package org.syscope.cli.ui.terminal;
