function heading(title) {
    // BEGIN SOLUTION
    return '<h1>' + title + '</h1>';
}

if (require.main === module) {
    console.log(heading(process.argv[2]));
}
