package org.syscope.chisels.views;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholder {@code %depth} in view files, with or without an offset: how deep the user drilled down. */
final class Depth {

    private static final Pattern PLACEHOLDER = Pattern.compile("%depth(?: ?([+-]) ?(\\d{1,3}))?");

    private Depth() {
    }

    static String in(String text, int depth) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(Integer.toString(
                match.group(1) == null ? depth
                        : match.group(1).equals("+") ? depth + Integer.parseInt(match.group(2))
                                : depth - Integer.parseInt(match.group(2)))));
    }
}
