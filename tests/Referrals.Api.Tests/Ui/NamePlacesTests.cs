using Referrals.Api.Ui.Parts.Charts;

namespace Referrals.Api.Tests.Ui;

public sealed class NamePlacesTests
{
    [Fact]
    public void Names_stay_where_they_are_unless_they_would_touch()
    {
        Assert.Equal([100, 50, 150], NamePlaces.Apart([100, 50, 150], 14, 0, 200));
        Assert.Equal([103, 89, 150], NamePlaces.Apart([98, 94, 150], 14, 0, 200));
        Assert.Equal([14, 0, 28], NamePlaces.Apart([2, 1, 3], 14, 0, 200));
        Assert.Equal([186, 200], NamePlaces.Apart([199, 200], 14, 0, 200));
        Assert.Empty(NamePlaces.Apart([], 14, 0, 200));
    }
}
