using System.Text;
using Microsoft.AspNetCore.Http;
using Referrals.Api.Ui.Forms;

namespace Referrals.Api.Tests.Ui;

public sealed class TakesFileTests
{
    private const int Most = 1 << 16;

    private static async Task<(IResult? Refused, long Read, HttpContext Context)> SendAsync(int bytes)
    {
        var body = new CountedStream([.. Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"a.csv\"\r\n\r\n"), .. new byte[bytes], .. "\r\n--x--\r\n"u8]);
        var context = new DefaultHttpContext { Request = { Method = "POST", ContentType = "multipart/form-data; boundary=x", Body = body } };
        return (await new TakesFile(Most, _ => Task.FromResult(Results.StatusCode(413))).ReadAsync(context), body.Count, context);
    }

    [Fact]
    public async Task A_file_up_to_the_limit_is_taken()
    {
        var (refused, _, context) = await SendAsync(Most);
        Assert.Null(refused);
        Assert.Equal(Most, Assert.Single(context.Request.Form.Files).Length);
    }

    [Fact]
    public async Task Of_a_larger_one_no_more_is_read_than_shows_that_it_is_too_large_and_nothing_is_kept()
    {
        var (refused, read, context) = await SendAsync(100 * Most);
        Assert.NotNull(refused);
        Assert.InRange(read, Most, 4 * Most);
        Assert.Empty(context.Request.Form);
    }

    private sealed class CountedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long Count { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            Count += read;
            return read;
        }
    }
}
