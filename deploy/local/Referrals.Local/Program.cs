// The whole product in one process, for one machine; started by ./run. Composes the parts and holds no logic.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health/live", () => Results.Ok());
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"The product is at {string.Join(", ", app.Urls)} (Ctrl-C stops it)."));
await app.RunAsync();
