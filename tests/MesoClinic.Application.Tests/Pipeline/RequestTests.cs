using System.Reflection;
using MediatR;
using Xunit;

namespace MesoClinic.Application.Tests.Pipeline;

/// <summary>What every request promises. A behaviour whose constraint a request does not meet is silently skipped, so each is checked here.</summary>
public sealed class RequestTests
{
    private static readonly Type[] Types = typeof(IClinicRequest).Assembly.GetTypes();

    public static TheoryData<Type> Requests => [.. Types.Where(type => !type.IsAbstract && type.GetInterfaces().Any(IsRequest))];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_declares_its_permission_and_answers_an_outcome(Type request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Assert.True(request.IsAssignableTo(typeof(IClinicRequest)), $"{request} would run outside the pipeline");
        Assert.NotNull(request.GetCustomAttribute<RequiresAttribute>());
        var answer = Assert.Single(request.GetInterfaces(), IsRequest).GetGenericArguments()[0];
        Assert.Equal(typeof(Outcome<>), answer.GetGenericTypeDefinition());
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_has_exactly_one_handler(Type request)
    {
        var handlers = Types.Where(type => !type.IsAbstract && type.GetInterfaces().Any(contract =>
            contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && contract.GetGenericArguments()[0] == request));
        Assert.Single(handlers);
    }

    private static bool IsRequest(Type contract) => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>);
}
