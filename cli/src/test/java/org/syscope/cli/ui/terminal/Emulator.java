package org.syscope.cli.ui.terminal;

import java.nio.charset.StandardCharsets;

/** The least terminal that understands what {@link ScreenUpdate} sends: shows what a person would see. */
final class Emulator {

    private final int rows;
    private final int columns;
    private final String[][] cells;
    private final String[][] looks;
    private String look = "";
    private int row;
    private int column;
    boolean cursor = true;

    Emulator(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        cells = new String[rows][columns];
        looks = new String[rows][columns];
        erase(0, 0);
        for (int r = 1; r < rows; r++) {
            erase(r, 0);
        }
    }

    private void erase(int r, int from) {
        for (int c = from; c < columns; c++) {
            cells[r][c] = " ";
            looks[r][c] = "";
        }
    }

    void take(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (int i = 0; i < text.length();) {
            if (text.charAt(i) == '\033') {
                int end = i + 2;
                while (text.charAt(end) < '@' || text.charAt(end) > '~') {
                    end++;
                }
                sequence(text.substring(i + 2, end), text.charAt(end));
                i = end + 1;
                continue;
            }
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            print(codePoint);
        }
    }

    private void print(int codePoint) {
        int width = Screen.width(codePoint);
        if (width == 0) {
            int back = column - 1;
            while (cells[row][back].isEmpty()) {
                back--;
            }
            cells[row][back] += Character.toString(codePoint);
            return;
        }
        split(column);
        cells[row][column] = Character.toString(codePoint);
        looks[row][column] = look;
        if (width == 2) {
            split(column + 1);
            cells[row][column + 1] = "";
            looks[row][column + 1] = look;
        }
        column += width;
    }

    /** A terminal blanks the other half of a wide character that is written over. */
    private void split(int at) {
        if (cells[row][at].isEmpty()) {
            cells[row][at - 1] = " ";
        } else if (at + 1 < columns && cells[row][at + 1].isEmpty()) {
            cells[row][at + 1] = " ";
        }
    }

    private void sequence(String parameters, char last) {
        switch (last) {
            case 'H' -> {
                String[] parts = parameters.split(";");
                row = parts[0].isEmpty() ? 0 : Integer.parseInt(parts[0]) - 1;
                column = parts.length > 1 ? Integer.parseInt(parts[1]) - 1 : 0;
            }
            case 'J' -> {
                for (int r = 0; r < rows; r++) {
                    erase(r, 0);
                }
            }
            case 'K' -> erase(row, column);
            case 'm' -> look = parameters.isEmpty() || parameters.equals("0") ? "" : parameters;
            case 'h', 'l' -> cursor = parameters.equals("?25") ? last == 'h' : cursor;
            default -> throw new AssertionError("unknown sequence " + parameters + last);
        }
    }

    String cell(int r, int c) {
        return cells[r][c];
    }

    String look(int r, int c) {
        return looks[r][c];
    }

    String place() {
        return row + "," + column;
    }
}
