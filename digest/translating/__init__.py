"""Arabic to English: packages, the engine that runs one, guards over what it says, and the memory of earlier days."""
