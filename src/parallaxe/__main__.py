"""`python -m parallaxe` is the command line too."""

from parallaxe.cli import main

main()
