// Where this was until everything else was joined too.
import '../bundle.js';
