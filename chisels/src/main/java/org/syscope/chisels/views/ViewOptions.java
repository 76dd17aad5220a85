package org.syscope.chisels.views;

import java.util.List;

/**
 * What a run begins with.
 *
 * @param filter of the command line; empty for none
 * @param containers whether lines tell of containers ({@code -pc})
 * @param intervalNanos length of an interval, ns of the events' time
 * @param live whether events come from this machine
 * @param sourceWords the words of the command line that say where events come from, as {@code -r FILE}
 */
public record ViewOptions(String filter, boolean containers, long intervalNanos, boolean live, List<String> sourceWords) {
}
