/**
 * The screens of {@code syscope ui}: tables of views, event lines, I/O, spectrograms, the menus and panels around them, and
 * the keys and clicks that work on them.
 * They show what an {@link org.syscope.chisels.views.ViewRun} gathers in another thread, and never wait for it.
 * They never see an event, and never read a file or a driver.
 */
package org.syscope.cli.ui;
