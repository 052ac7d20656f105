"""Rules on pictures: carousel, logos, files of images."""
