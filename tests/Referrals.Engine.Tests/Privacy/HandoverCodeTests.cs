using FsCheck.Xunit;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Privacy;

/// <summary>Codes that clients carry: readable, checkable, and known by their proof only.</summary>
public sealed class HandoverCodeTests
{
    private static readonly OrganisationId North = new("north");

    [Fact]
    public void The_alphabet_has_a_prime_number_of_signs_no_vowels_and_of_those_that_look_alike_one()
    {
        Assert.Equal(23, HandoverCode.Alphabet.Distinct().Count());
        Assert.DoesNotContain(HandoverCode.Alphabet, "AEIOU01L".Contains);
        Assert.All<string>(["2Z", "5S", "8B", "UV", "1I", "0O", "1L"], pair => Assert.True(pair.Count(HandoverCode.Alphabet.Contains) <= 1, pair));
    }

    [Property(MaxTest = 500)]
    public void A_code_is_read_as_it_is_written()
    {
        var code = HandoverCode.New();
        Assert.Matches("^[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$", code.ToString());
        Assert.Equal(code, HandoverCode.Read(code.ToString()));
        Assert.Equal(code, HandoverCode.Read(code.Plain));
    }

    [Property(MaxTest = 300)]
    public void Typing_is_forgiven(int seed)
    {
        var (random, code) = (new Random(seed), HandoverCode.New());
        var typed = string.Concat(code.Plain.Select(c => (random.Next(3), c) switch
        {
            (_, '2') when random.Next(2) == 0 => "z",
            (_, '8') when random.Next(2) == 0 => "B",
            (0, _) => $"{char.ToLowerInvariant(c)} ",
            (1, _) => $"{c}–",
            _ => c.ToString(),
        }));
        Assert.Equal(code, HandoverCode.Read($" {typed}."));
    }

    [Property(MaxTest = 100)]
    public void Each_single_wrong_character_is_found()
    {
        var right = HandoverCode.New().Plain;
        for (var i = 0; i < right.Length; i++)
        {
            Assert.All(HandoverCode.Alphabet.Where(c => c != right[i]), c => Assert.Null(HandoverCode.Read(right[..i] + c + right[(i + 1)..])));
        }
    }

    [Property(MaxTest = 300)]
    public void Each_swapped_pair_is_found()
    {
        var right = HandoverCode.New().Plain;
        for (var i = 0; i < right.Length; i++)
        {
            for (var j = i + 1; j < right.Length; j++)
            {
                var swapped = right.ToCharArray();
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                Assert.Equal(right[i] != right[j], HandoverCode.Read(new string(swapped)) is null);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KX7")]
    [InlineData("KX7-4MP-T2")]
    [InlineData("AAA-AAA-AAA")]
    [InlineData("KX7-4MP-T2HH-KX7-4MP-T2HH-KX7-4MP-T2HH-KX7")]
    [InlineData("𝐊X7-4MP-T2H")]
    public void What_can_be_no_code_is_none(string? typed) => Assert.Null(HandoverCode.Read(typed));

    [Fact]
    public void A_proof_is_that_of_its_code_its_assignment_and_its_partner_alone()
    {
        var (code, one, other) = (HandoverCode.New(), new AssignmentId(Guid.NewGuid()), new AssignmentId(Guid.NewGuid()));
        var key = HandoverProof.Key(code, North);
        var proof = HandoverProof.Of(key, one);

        Assert.True(HandoverProof.IsProof(proof));
        Assert.True(Codes.IsCode(proof));
        Assert.True(HandoverProof.Same(proof, HandoverProof.Of(HandoverProof.Key(HandoverCode.Read(code.Plain.ToLowerInvariant())!, North), one)));
        Assert.False(HandoverProof.Same(proof, HandoverProof.Of(key, other)));
        Assert.False(HandoverProof.Same(proof, HandoverProof.Of(HandoverProof.Key(code, new("south")), one)));
        Assert.False(HandoverProof.Same(proof, HandoverProof.Of(HandoverProof.Key(HandoverCode.New(), North), one)));
        Assert.DoesNotContain(code.Plain, proof, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("p00")]
    [InlineData("kx7-4mp-t2h")]
    public void What_is_no_proof_is_told(string text) => Assert.False(HandoverProof.IsProof(text));
}
