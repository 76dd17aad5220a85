/**
 * Views: what is on a screen about a selection of events, as tables, lists, spectrograms, event lines and I/O. Loads their
 * Lua definitions, gathers their rows from events and keeps the chain of selections that the user went down. Never reads a
 * source of events or draws anything: the command line feeds it, its front ends show what it gives.
 */
package org.syscope.chisels.views;
