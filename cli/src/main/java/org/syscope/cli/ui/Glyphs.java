package org.syscope.cli.ui;

/**
 * Signs beyond ASCII, and what stands for them where the terminal or its font does not have them.
 *
 * @param levels nothing to full, eight and a blank
 * @param vertical a line between columns
 * @param horizontal a line between rows
 * @param deeper between the steps of a drill-down
 * @param down points at the column that sorts downwards
 * @param up points at the column that sorts upwards
 */
record Glyphs(String levels, String vertical, String horizontal, String deeper, String down, String up) {

    private static final Glyphs RICH = new Glyphs(" ▁▂▃▄▅▆▇█", "│", "─", "›", "▼", "▲");
    private static final Glyphs CONSOLE = new Glyphs("  ..::|||", "│", "─", ">", "v", "^");
    private static final Glyphs ASCII = new Glyphs("  ..::|||", "|", "-", ">", "v", "^");

    /** The signs of a terminal. */
    static Glyphs of(boolean utf8, boolean careful, String term) {
        if (!utf8 || careful) {
            return ASCII;
        }
        return term.equals("linux") ? CONSOLE : RICH;
    }

    /** Values as a line of levels, each value a character, scaled to the largest; negative and absent values are blank. */
    String spark(double[] values, int width) {
        double top = 0;
        for (double value : values) {
            top = Math.max(top, Double.isNaN(value) ? 0 : value);
        }
        StringBuilder line = new StringBuilder();
        int steps = levels.length() - 1;
        for (int i = Math.max(0, values.length - width); i < values.length; i++) {
            double value = Double.isNaN(values[i]) ? 0 : Math.max(0, values[i]);
            int level = top == 0 ? 0 : (int) Math.ceil(value / top * steps);
            line.append(levels.charAt(Math.min(steps, level)));
        }
        return line.toString();
    }
}
