package org.syscope.cli.ui;

/**
 * A part of the screen.
 *
 * @param row first row, from 0
 * @param column first column, from 0
 * @param rows height, may be 0
 * @param columns width
 */
record Area(int row, int column, int rows, int columns) {

    boolean contains(int atRow, int atColumn) {
        return atRow >= row && atRow < row + rows && atColumn >= column && atColumn < column + columns;
    }
}
