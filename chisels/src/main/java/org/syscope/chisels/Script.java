package org.syscope.chisels;

/**
 * A script's text and where it was found.
 *
 * @param name the file's name without {@code .lua}
 * @param location the path, or for our own scripts {@code NAME.lua}; error messages begin with it
 * @param text the source as it is in the file; not to be changed
 * @param stock whether it is one of our own
 */
record Script(String name, String location, byte[] text, boolean stock) {
}
