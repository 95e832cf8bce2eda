package io.fovea.lab;

/**
 * What came of one method on one column's pictures; kept as JSON, so that a stopped lab goes on.
 *
 * @param method        its key
 * @param column        the pictures and epochs
 * @param accuracy      share of the column's test pictures, 0 to 1
 * @param testPictures  how many these are
 * @param wholeAccuracy share of all test pictures
 * @param parameters    trained numbers; of a sliced network its kernels
 * @param engineBytes   of the network in the bundle: all that ONNX Runtime needs
 * @param references    pictures or prototypes in it; 0 without slicing
 * @param seconds       until it was made
 * @param search        what evolution did
 * @param bundle        the model's file
 */
public record HybridRow(
        String method,
        HybridColumn column,
        double accuracy,
        int testPictures,
        double wholeAccuracy,
        long parameters,
        long engineBytes,
        int references,
        double seconds,
        Evolved search,
        String bundle) {

    /**
     * What evolution did.
     *
     * @param generations     lived; filter by filter: of all filters together
     * @param candidates      judged
     * @param seconds         of searching
     * @param heldOutPictures that decided
     * @param heldOutBefore   share of them that the engine of the first kernels gets right
     * @param heldOutAfter    that of the evolved kernels
     * @param kept            whether the evolved kernels were kept
     * @param pValue          of the comparison on these pictures, see {@link io.fovea.evaluation.PairedComparison}
     */
    public record Evolved(
            long generations,
            long candidates,
            double seconds,
            int heldOutPictures,
            double heldOutBefore,
            double heldOutAfter,
            boolean kept,
            double pValue) {

        static final Evolved NOTHING = new Evolved(0, 0, 0, 0, 0, 0, false, 1);

        /** Whether both kernels may be equally good. */
        boolean mayBeChance() {
            return pValue >= 0.05;
        }
    }
}
